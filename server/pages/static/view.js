// Starts Mirador with the settings that the page carries, in the colours that the reader prefers, and keeps the address
// of the page, and of the one that has it in a frame, at the canvas that is shown (Content State API 1.0, 6).
const settings = JSON.parse(document.getElementById("settings").textContent);
settings.selectedTheme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
const { store } = Mirador.viewer(settings);

const encoded = (state) =>
  btoa(encodeURIComponent(JSON.stringify(state))).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");

let shown = null;
store.subscribe(() => {
  const [opened] = Object.values(store.getState().windows);
  if (!opened?.canvasId || opened.canvasId === shown) return;
  shown = opened.canvasId;
  const manifest = { id: opened.manifestId, type: "Manifest" };
  const address = new URL(location);
  address.searchParams.delete("manifest");
  address.searchParams.set("iiif-content", encoded({ id: shown, type: "Canvas", partOf: [manifest] }));
  history.replaceState(null, "", address);
  if (parent !== window) parent.postMessage(address.searchParams.get("iiif-content"), location.origin);
});

// In a frame the wheel moves the page around it, as everywhere on that page; with Ctrl it zooms.
if (parent !== window) {
  const pass = (event) => event.ctrlKey || document.fullscreenElement || event.stopPropagation();
  addEventListener("wheel", pass, { capture: true, passive: true });
}
