export { huePlanes } from "./hue";
export { joinPixels } from "./join";
export { levelPlane } from "./level";
export { lumaPlane } from "./luma";
export { rampPlanes } from "./ramp";
export { saturatePlanes } from "./saturate";
export { splitPixels } from "./split";
