import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: { include: ['{contract,server,web,scripts,bench}/**/*.test.ts'] },
})
