// Keeps the links to the page that the viewer shows, prints with all page images, copies citation and addresses.
const told = document.getElementById("told");
const share = document.getElementById("share");
const frame = document.querySelector("iframe");

addEventListener("message", ({ source, origin, data }) => {
  if (source !== frame?.contentWindow || origin !== location.origin || typeof data !== "string") return;
  const fullSize = document.getElementById("full-size");
  fullSize.href = at(fullSize.href, data);
  share.value = at(share.value, data);
});

function at(address, content) {
  const url = new URL(address);
  url.searchParams.set("iiif-content", content);
  return url.href;
}

function select(element) {
  if (element === share) share.select();
  else getSelection().selectAllChildren(element);
}

// Browsers lend the clipboard to pages of https and of this host alone; elsewhere they copy what is selected.
async function copied(element) {
  if (navigator.clipboard) return navigator.clipboard.writeText(element.value ?? element.textContent).then(() => true, () => false);
  select(element);
  return document.execCommand("copy");
}

// Page images are fetched when they come into sight; paper is to have them all.
const printer = document.getElementById("print");
if (printer) {
  printer.hidden = false;
  printer.addEventListener("click", async () => {
    const images = [...document.querySelectorAll(".printed img")];
    for (const image of images) image.loading = "eager";
    await Promise.allSettled(images.map((image) => image.decode()));
    print();
  });
}

for (const button of document.querySelectorAll("[data-copies]")) {
  const element = document.getElementById(button.dataset.copies);
  const what = button.querySelector(".unseen").textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const done = await copied(element);
    if (!done) select(element);
    told.textContent = done ? `Copied: ${what}.` : `Your browser did not copy ${what}; it is selected, so copy it by Ctrl+C.`;
  });
}
