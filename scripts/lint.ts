/** `npm run lint`: Biome, then our own rules (who may import whom, which words may not be written). */
import { lint } from './lint/lint.ts'
import { runBiome } from './test/run.ts'

const biome = await runBiome()
const ours = await lint()
process.exitCode = biome || ours
