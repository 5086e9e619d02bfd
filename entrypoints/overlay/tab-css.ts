import type { Side } from './places.ts'

/** Lucide's `phone` (ISC), as a shape for `clip-path`: a drawing needs no elements that way, and the × no font. */
const phone =
  'M13.832 16.568a1 1 0 0 0 1.213-.303l.355-.465A2 2 0 0 1 17 15h3a2 2 0 0 1 2 2v3a2 2 0 0 1-2 2A18 18 0 0 1 2 4a2 2 0 0 1 2-2h3a2 2 0 0 1 2 2v3a2 2 0 0 1-.8 1.6l-.468.351a1 1 0 0 0-.292 1.233 14 14 0 0 0 6.392 6.384'

/** Colours hold 3:1 against white and black pages alike by the ring around the tab; the words are in its label. */
export const tabCss = (side: Side) => `
button{position:absolute;border:0;padding:0;margin:0;cursor:pointer;user-select:none;touch-action:none}
.tab{inset:0;width:100%;background:#5b6472;box-shadow:0 0 0 1px #fff9,0 1px 6px #0006;border-radius:${side === 'right' ? '9px 0 0 9px' : '0 9px 9px 0'}}
.tab::before{content:'';position:absolute;left:3px;top:10px;width:24px;height:24px;background:#fff;transform:scale(.7);clip-path:path('${phone}')}
.tab[data-state=away]{background:#8a5a00}
.tab[data-state=ready]{background:#13794a}
.tab[data-state=busy]{background:#a32020}
.tab[data-state=blocked]{background:#7a2e8a}
.tab[data-state=ringing]{background:#1a5fd0;animation:ring 1s infinite alternate}
@keyframes ring{to{background:#5b9bff}}
.tab[data-state=offline]::before,.tab[data-state=away]::before{opacity:.7}
.hide{${side}:100%;top:-4px;width:24px;height:24px;border-radius:12px;background:linear-gradient(45deg,#0000 46%,#fff 46% 54%,#0000 54%) 7px 7px/10px 10px no-repeat,
linear-gradient(-45deg,#0000 46%,#fff 46% 54%,#0000 54%) 7px 7px/10px 10px no-repeat,#333;opacity:0}
:host(:hover) .hide,.hide:focus-visible,.tab:focus-visible+.hide{opacity:1}
:focus-visible{outline:2px solid #1a5fd0;outline-offset:2px}
@media (prefers-reduced-motion:reduce){.tab{animation:none!important}}
@media (forced-colors:active){button{border:1px solid}.tab::before{background:ButtonText;forced-color-adjust:none}}`
