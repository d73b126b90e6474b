declare module 'htmx.org/dist/htmx.esm.js'
