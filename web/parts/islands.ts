type Island = { start: (root: HTMLElement) => void }

const loaders = import.meta.glob<Island>('../islands/*.ts')

/** `<div data-island="chart">` loads islands/chart.ts when it comes near the screen; nothing is loaded on other pages. */
export function startIslands(): void {
  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue
      seen.unobserve(entry.target)
      const root = entry.target as HTMLElement
      void loaders[`../islands/${root.dataset.island}.ts`]?.().then((island) => island.start(root))
    }
  }, { rootMargin: '200px' })

  const watch = (scope: ParentNode) => {
    for (const root of scope.querySelectorAll<HTMLElement>('[data-island]:not([data-started])')) {
      root.dataset.started = ''
      seen.observe(root)
    }
  }
  watch(document)
  document.addEventListener('htmx:after:swap', () => watch(document))
}
