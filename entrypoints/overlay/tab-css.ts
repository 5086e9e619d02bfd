import type { Side } from './places.ts'

/** Colours hold 3:1 against white and black pages alike by the ring around the tab; the words are in its label. */
export const tabCss = (side: Side) => `
*{box-sizing:border-box}
button{font:12px/1 system-ui,sans-serif;color:#fff;border:0;padding:0;margin:0;cursor:pointer;user-select:none;touch-action:none}
.tab{width:100%;height:100%;display:grid;place-items:center;background:#5b6472;box-shadow:0 0 0 1px #fff9,0 1px 6px #0006;
border-radius:${side === 'right' ? '9px 0 0 9px' : '0 9px 9px 0'}}
.tab[data-state=away]{background:#8a5a00}
.tab[data-state=ready]{background:#13794a}
.tab[data-state=busy]{background:#a32020}
.tab[data-state=blocked]{background:#7a2e8a}
.tab[data-state=ringing]{background:#1a5fd0;animation:ring 1s infinite alternate}
@keyframes ring{to{background:#5b9bff}}
svg{width:16px;height:16px;fill:none;stroke:#fff;stroke-width:2;stroke-linecap:round;stroke-linejoin:round}
.tab[data-state=offline] svg,.tab[data-state=away] svg{opacity:.7}
.hide{position:absolute;${side}:100%;top:-4px;width:24px;height:24px;border-radius:12px;background:#333c;opacity:0}
:host(:hover) .hide,.hide:focus-visible,.tab:focus-visible+.hide{opacity:1}
:focus-visible{outline:2px solid #1a5fd0;outline-offset:2px;box-shadow:0 0 0 2px #fff}
@media (prefers-reduced-motion:reduce){.tab{animation:none!important}}
@media (forced-colors:active){.tab{border:1px solid}}`
