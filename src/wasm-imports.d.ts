/** What a static import of a .wasm file is in a Worker. */
declare module "*.wasm" {
  const module: WebAssembly.Module;
  export default module;
}
