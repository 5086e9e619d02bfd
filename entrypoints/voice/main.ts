import { openVoice } from './voice.ts'

openVoice()
