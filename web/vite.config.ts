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

export default defineConfig({
  base: '/dist/',
  publicDir: false,
  plugins: [iconSprite(), bootScript()],
  build: {
    outDir: '../src/Tongxin.Host/wwwroot/dist',
    emptyOutDir: true,
    // A dot folder is dropped on publish, so the manifest gets a plain name.
    manifest: 'manifest.json',
    modulePreload: false,
    // The floor: WebView 111. Lowers light-dark(); oklch() and color-mix() stay.
    cssTarget: 'chrome111',
    target: 'chrome111',
    rolldownOptions: { input: { app: 'app.ts', theme: 'theme/app.scss' } },
  },
})
