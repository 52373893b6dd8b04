// `copy`: a button that copies the words of another element, such as a thing's IRI.
//
//   <code id="iri">https://…</code> <button type="button" data-island="copy" data-copy="iri" hidden>Copy address</button>
//
// The button is hidden in the markup, since without script it could do nothing.

const SAID_FOR_MS = 2000;

export function copy(button: HTMLElement): void {
  const source = button.dataset["copy"] ?? "";
  const target = button.ownerDocument.getElementById(source);
  if (!target) throw new Error(`the copy button names "${source}", which is not on this page`);
  const label = button.textContent ?? "";
  button.hidden = false;
  button.addEventListener("click", () => void press(button, target, label));
}

async function press(button: HTMLElement, target: HTMLElement, label: string): Promise<void> {
  const copied = await write((target.textContent ?? "").trim());
  if (!copied) select(target);
  button.textContent = copied ? "Copied" : "Selected: press Ctrl+C";
  setTimeout(() => {
    button.textContent = label;
  }, SAID_FOR_MS);
}

/** Puts words on the clipboard; false where the browser forbids it (a page that is not on https or this machine). */
async function write(words: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(words);
    return true;
  } catch {
    return false;
  }
}

function select(target: HTMLElement): void {
  const range = target.ownerDocument.createRange();
  range.selectNodeContents(target);
  const selection = target.ownerDocument.getSelection();
  selection?.removeAllRanges();
  selection?.addRange(range);
}
