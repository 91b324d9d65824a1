#!/usr/bin/env node
/** `npm run ficha -- <command>`; each command is a file that is loaded only when it is called. */
const commands: Record<string, { about: string; run: (args: string[]) => Promise<void> }> = {
  demo: {
    about: 'demo [--port N] [--json]            try Ficha: a throw-away database with a sample company',
    run: async (args) => (await import('./demo.ts')).demo(args),
  },
  seed: {
    about: 'seed                                add the sample company to this installation',
    run: async (args) => (await import('./seed.ts')).seed(args),
  },
  token: {
    about:
      'token --email MEMBER [--workspace ID] [--name NAME | --list | --revoke NUMBER]   print a new API token, those there are, or revoke one',
    run: async (args) => (await import('./token.ts')).token(args),
  },
  'reset-password': {
    about: 'reset-password --email MEMBER [--drop-second-factor]   print a link that sets a new password',
    run: async (args) => (await import('./reset-password.ts')).resetPassword(args),
  },
  doctor: {
    about: 'doctor                              check database, disk and channels, and say what is wrong',
    run: async (args) => (await import('./doctor.ts')).doctor(args),
  },
  identity: {
    about: 'identity < FILE.jsonl               identity keys of phones and e-mails, relation of names',
    run: async () => (await import('./identity.ts')).identity(),
  },
  duplicates: {
    about: 'duplicates FILE.csv [--country CC] [--json]   pairs of contacts that may be one person, and why',
    run: async (args) => (await import('./duplicates.ts')).duplicates(args),
  },
}

const [name = 'help', ...args] = process.argv.slice(2)
const command = commands[name]
if (command === undefined) {
  console.log(
    ['Usage: npm run ficha -- COMMAND', '', ...Object.values(commands).map(({ about }) => `  ${about}`)].join('\n'),
  )
  process.exit(name === 'help' || name === '--help' ? 0 : 1)
}
await command.run(args).catch(async (error: unknown) => (await import('../start-ficha.ts')).explainAndExit(error))
