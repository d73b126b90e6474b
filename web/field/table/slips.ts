// People who went into a tube by a paper slip: counted at closing, named later at a desk. Only their number is here, by tube.
import { vault } from '../store/vault'

type Slips = Record<string, number>

const KEY = 'slips'

export const slips = {
  of: async (tube: string): Promise<number> => ((await vault.read<Slips>(KEY)) ?? {})[tube] ?? 0,

  async set(tube: string, count: number): Promise<void> {
    const all = (await vault.read<Slips>(KEY)) ?? {}
    if (count > 0) all[tube] = count
    else delete all[tube]
    await vault.keep(KEY, all)
  },
}
