import { readConfig } from './config.ts'
import { explainAndExit, startFicha, stopOnSignal } from './start-ficha.ts'

/** What `npm start` runs, built. */
try {
  const ficha = await startFicha(readConfig(process.env))
  stopOnSignal(ficha.stop)
  console.log(`Ficha listens at ${ficha.url}`)
} catch (error) {
  explainAndExit(error)
}
