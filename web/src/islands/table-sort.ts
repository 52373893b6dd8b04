// `table-sort`: the headings of a table become buttons that sort its rows.
//
//   <table data-island="table-sort"><thead><tr><th>Item</th>…</tr></thead><tbody>…</tbody></table>
//
// A cell sorts by `data-sort` where it has one (a date in ISO form), else by its words; numbers inside words sort as
// numbers ("5 (b)" before "10"). The order that the page came with is one of the three: ascending, descending, as given.

type Order = "ascending" | "descending" | "none";

const NEXT: Readonly<Record<Order, Order>> = { none: "ascending", ascending: "descending", descending: "none" };
const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

export function tableSort(element: HTMLElement): void {
  const body = element.querySelector("tbody");
  const headings = [...element.querySelectorAll<HTMLTableCellElement>("thead th")];
  if (!body || headings.length === 0) throw new Error("a table that sorts needs a thead with th cells, and a tbody");
  const given = [...body.querySelectorAll<HTMLElement>(":scope > tr")];
  for (const [column, heading] of headings.entries()) {
    if (heading.dataset["sort"] === "no") continue;
    buttonIn(heading).addEventListener("click", () => {
      const order = NEXT[orderOf(heading)];
      for (const other of headings) other.removeAttribute("aria-sort");
      if (order !== "none") heading.setAttribute("aria-sort", order);
      body.append(...sorted(given, column, order));
    });
  }
}

/** The rows by the cells of one column; rows that are equal there keep the order they were given in. */
export function sorted(rows: readonly HTMLElement[], column: number, order: Order): HTMLElement[] {
  if (order === "none") return [...rows];
  const sign = order === "ascending" ? 1 : -1;
  return [...rows].sort((a, b) => sign * collator.compare(keyOf(a, column), keyOf(b, column)));
}

function keyOf(row: HTMLElement, column: number): string {
  const cell = row.children[column];
  return cell?.getAttribute("data-sort") ?? cell?.textContent?.trim() ?? "";
}

function orderOf(heading: HTMLElement): Order {
  const order = heading.getAttribute("aria-sort");
  return order === "ascending" || order === "descending" ? order : "none";
}

function buttonIn(heading: HTMLElement): HTMLButtonElement {
  const button = heading.ownerDocument.createElement("button");
  button.type = "button";
  button.className = "sort";
  button.append(...heading.childNodes);
  heading.append(button);
  return button;
}
