import { defineConfig } from "vitest/config";

// The server finds the built files by their source names ("main.ts", "styles/index.css") in dist/.vite/manifest.json.
export default defineConfig({
  root: "src",
  base: "/static/",
  publicDir: "../public",
  build: {
    outDir: "../dist",
    emptyOutDir: true,
    manifest: true,
    // The pages' policy allows no inline data except pictures from our own address.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: { input: ["src/main.ts", "src/styles/index.css", "src/styles/pictures.css"] },
  },
  test: { environment: "happy-dom", include: ["**/*.test.ts"], css: true },
});
