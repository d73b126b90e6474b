import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { defineConfig, type Plugin } from 'vite'
import { iconNames } from './icons.ts'

/** One sprite of the outline icons the product uses: pages point at `icons-HASH.svg#i-NAME`. */
function iconSprite(): Plugin {
  return {
    name: 'icon-sprite',
    generateBundle() {
      const folder = join(import.meta.dirname, 'node_modules/@tabler/icons/icons/outline')
      const symbols = iconNames.map((name) => {
        const svg = readFileSync(join(folder, `${name}.svg`), 'utf8')
        const shapes = [...svg.matchAll(/<(?:path|circle|rect|line|polyline|ellipse)\b[^>]*\/>/g)].map((m) => m[0]).filter((s) => !s.includes('M0 0h24v24H0z'))
        return `<symbol id="i-${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">${shapes.join('')}</symbol>`
      })
      this.emitFile({ type: 'asset', name: 'icons.svg', originalFileName: 'icons.svg', source: `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>` })
    },
  }
}

/** boot.js is a classic script in the head, before the CSS: it must not become a module. */
function bootScript(): Plugin {
  return {
    name: 'boot-script',
    generateBundle() {
      this.emitFile({ type: 'asset', name: 'boot.js', originalFileName: 'boot.js', source: readFileSync(join(import.meta.dirname, 'boot.js'), 'utf8') })
    },
  }
}

/** Served by the Host under /field/: manifest, icons, and a worker that knows the names of the files it keeps. */
const appFiles = ['app.webmanifest', 'icon-192.png', 'icon-512.png', 'icon-mask.png']

/** The phone app's files as they are; the list of its shell, by content, goes into its service worker. */
function fieldShell(): Plugin {
  return {
    name: 'field-shell',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        for (const name of appFiles) this.emitFile({ type: 'asset', fileName: `field/${name}`, source: readFileSync(join(import.meta.dirname, 'field/app', name)) })
        const files = new Set<string>()
        const lazy = new Set<string>()
        const take = (name: string) => {
          const chunk = bundle[name]
          if (files.has(name) || chunk?.type !== 'chunk') return
          files.add(name)
          for (const asset of [...(chunk.viteMetadata?.importedCss ?? [])]) files.add(asset)
          for (const asset of [...(chunk.viteMetadata?.importedAssets ?? [])]) (asset.endsWith('.wasm') ? lazy : files).add(asset)
          ;[...chunk.imports, ...chunk.dynamicImports].forEach(take)
        }
        for (const chunk of Object.values(bundle)) if (chunk.type === 'chunk' && chunk.facadeModuleId === join(import.meta.dirname, 'field/index.html')) take(chunk.fileName)
        for (const name of Object.keys(bundle)) if (name.endsWith('.wasm')) lazy.add(name)
        const all = [...files].sort()
        const page = bundle['field/index.html']
        const version = createHash('sha256').update([...all, ...lazy, page?.type === 'asset' ? String(page.source) : ''].join('\n')).digest('hex').slice(0, 16)
        const shell = { version, files: [...all.map((f) => `/dist/${f}`), '/icon.svg', ...appFiles.map((f) => `/field/${f}`)], lazy: [...lazy].map((f) => `/dist/${f}`) }
        const worker = bundle['field/worker.js']
        if (worker?.type !== 'chunk' || all.length === 0) throw new Error('The field app has no worker or no shell.')
        worker.code = worker.code.replace('__SHELL__', JSON.stringify(shell))
      },
    },
  }
}

export default defineConfig({
  base: '/dist/',
  publicDir: false,
  plugins: [iconSprite(), bootScript(), fieldShell()],
  build: {
    outDir: '../src/Tongxin.Host/wwwroot/dist',
    emptyOutDir: true,
    // A dot folder is dropped on publish, so the manifest gets a plain name.
    manifest: 'manifest.json',
    modulePreload: false,
    // The floor: WebView 111. Lowers light-dark(); oklch() and color-mix() stay.
    cssTarget: 'chrome111',
    target: 'chrome111',
    rolldownOptions: {
      input: { app: 'app.ts', theme: 'theme/app.scss', field: 'field/index.html', worker: 'field/worker/worker.ts' },
      // The worker's address is its identity: it keeps its name.
      output: { entryFileNames: (chunk) => (chunk.name === 'worker' ? 'field/worker.js' : 'assets/[name]-[hash].js') },
    },
  },
})
