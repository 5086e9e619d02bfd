/** `npm run lint`: Biome, then our own rules (who may import whom, which words may not be written). */
import { lint } from './lint/lint.ts'
import { bin, runScript } from './test/run.ts'

const biome = await runScript(bin.biome, ['ci', '.'])
const ours = await lint()
process.exitCode = biome || ours
