export { filterAverage, filterPaeth, filterSub, filterUp } from "./filter";
export { packGray, packGrayAlpha, packRgb } from "./pack";
export { countPairs } from "./pairs";
export { weighFilters } from "./weigh";
