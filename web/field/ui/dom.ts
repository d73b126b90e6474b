// A render layer of thirty lines: an element, its properties, its children. Pages are built anew when what they show has changed.

export type Child = Node | string | number | null | undefined | false
type Props = { [name: string]: unknown }

export function h<K extends keyof HTMLElementTagNameMap>(tag: K, props: Props | null, ...children: (Child | Child[])[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === null || value === undefined || value === false) continue
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value as EventListener)
    else if (value === true) element.setAttribute(name, '')
    else if (name === 'value') (element as HTMLInputElement).value = String(value)
    else element.setAttribute(name, String(value))
  }
  append(element, children)
  return element
}

export function append(element: Element, children: (Child | Child[])[]): void {
  for (const child of children.flat()) {
    if (child === null || child === undefined || child === false) continue
    element.append(child instanceof Node ? child : String(child))
  }
}

/** Puts children in the place of what was there. */
export function fill(element: Element, ...children: (Child | Child[])[]): void {
  element.replaceChildren()
  append(element, children)
}
