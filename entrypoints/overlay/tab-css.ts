import type { Side } from './places.ts'

/** Lucide's `phone` (ISC), as a shape for `clip-path`: a drawing needs no elements that way, and the × no font. */
const phone =
  'M13.832 16.568a1 1 0 0 0 1.213-.303l.355-.465A2 2 0 0 1 17 15h3a2 2 0 0 1 2 2v3a2 2 0 0 1-2 2A18 18 0 0 1 2 4a2 2 0 0 1 2-2h3a2 2 0 0 1 2 2v3a2 2 0 0 1-.8 1.6l-.468.351a1 1 0 0 0-.292 1.233 14 14 0 0 0 6.392 6.384'

/** Colours hold 3:1 against white and black pages alike by the ring around the tab; the words are in its label. */
const colours = {
  offline: '#5b6472',
  away: '#8a5a00',
  ready: '#13794a',
  busy: '#a32020',
  blocked: '#7a2e8a',
  ringing: '#1a5fd0;animation:ring 1s infinite alternate',
}
export type TabState = keyof typeof colours

/** Every allowed page parses this as it loads, so it holds what this state needs and no more. */
export const tabCss = (side: Side, state: TabState) => `
button{position:absolute;border:0;padding:0;margin:0;cursor:pointer;user-select:none;touch-action:none}
.tab{inset:0;width:100%;background:${colours[state]};box-shadow:0 0 0 1px #fff9,0 1px 6px #0006;border-radius:${side === 'right' ? '9px 0 0 9px' : '0 9px 9px 0'}}
.tab::before{content:'';position:absolute;left:3px;top:10px;width:24px;height:24px;background:#fff;transform:scale(.7);clip-path:path('${phone}')${state === 'offline' || state === 'away' ? ';opacity:.7' : ''}}
:focus-visible{outline:2px solid #1a5fd0;outline-offset:2px}
@media (forced-colors:active){button{border:1px solid}.tab::before{background:ButtonText;forced-color-adjust:none}}
${state === 'ringing' ? '@keyframes ring{to{background:#5b9bff}}@media (prefers-reduced-motion:reduce){.tab{animation:none!important}}' : ''}`

/** The × beside it, which is there once somebody came near. */
export const hideCss = (side: Side) => `
.hide{${side}:100%;top:-4px;width:24px;height:24px;border-radius:12px;background:linear-gradient(45deg,#0000 46%,#fff 46% 54%,#0000 54%) 7px 7px/10px 10px no-repeat,
linear-gradient(-45deg,#0000 46%,#fff 46% 54%,#0000 54%) 7px 7px/10px 10px no-repeat,#333;opacity:0}
:host(:hover) .hide,.hide:focus-visible,.tab:focus-visible+.hide{opacity:1}`
