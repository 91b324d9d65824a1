import { readConfig } from './config.ts'
import { explainAndExit, startFicha, stopOnSignal } from './start-ficha.ts'

/** `npm start`. */
try {
  const ficha = await startFicha(readConfig(process.env), console.log)
  stopOnSignal(ficha.stop)
  console.log(`Ficha listens at ${ficha.url}`)
} catch (error) {
  explainAndExit(error)
}
