/** The one screen that `npm start` prints. Pure. */

export interface Screen {
  companionUrl: string
  switchboardUrl: string
  signallingPort: number
  crmUrl: string
  /** The channel's number, E.164. */
  number: string
  /** Who is signed in in the browser that we opened; none where we opened none. */
  agent: string | undefined
  headed: boolean
  /** Why there is no browser, in words. */
  noBrowser?: string
  people: { name: string; role: string; link: string }[]
  extensionFolder: string
  logs: string
}

export function drawScreen(screen: Screen): string {
  return [
    '',
    '  Ringside runs on this machine. Ctrl-C ends it.',
    '',
    `  Call      ${screen.number}`,
    `            by hand        ${boothUrl(screen)}`,
    '            by script      npm run call      (npm run call -- --help)',
    '',
    ...rows('Open', [
      ['demo CRM', screen.crmUrl],
      ['companion', `${screen.companionUrl}/health`],
      ['switchboard', `${screen.switchboardUrl}/control/about`],
    ]),
    '',
    ...rows(
      'Sign in',
      screen.people.map(({ name, role, link }) => [
        `${name}, ${role}`,
        name === screen.agent ? 'signed in, in the browser that we opened' : link,
      ]),
    ),
    '            Each link works once, within 24 hours; npm start prints new ones.',
    '',
    ...rows('Next', nextSteps(screen)),
    '',
    `  Logs      ${screen.logs}`,
    '',
  ].join('\n')
}

/** The phone booth, with the number filled in. */
export const boothUrl = ({ switchboardUrl, number }: Pick<Screen, 'switchboardUrl' | 'number'>) =>
  `${switchboardUrl.replace('127.0.0.1', 'localhost')}/booth?to=${encodeURIComponent(number)}`

function nextSteps({ headed, agent, noBrowser, extensionFolder, signallingPort, crmUrl }: Screen): string[][] {
  if (headed && agent) {
    return [
      ['1', `In the browser that opened, press Ringside’s icon in the toolbar and make ${agent} available.`],
      ['2', 'Open the phone booth (above) in another window and call. The ring comes up over the CRM.'],
      ['3', 'A second agent: another browser profile, the extension loaded by hand, the second link.'],
    ]
  }
  return [
    ['1', `${noBrowser ?? `There is no display, so ${agent}’s browser runs unseen.`} With a Chromium of your own:`],
    ['', `chrome://extensions, Developer mode, Load unpacked, ${extensionFolder}`],
    ['2', `There, open https://localhost:${signallingPort} once and accept its certificate: voice comes that way.`],
    ['3', `Press Ringside’s icon, sign in with an agent’s link, allow ${crmUrl}, be available.`],
    ['4', 'Call. The ring comes up over the CRM.'],
  ]
}

/** A heading beside its rows, in two columns. */
function rows(heading: string, lines: string[][]): string[] {
  const width = Math.max(...lines.map(([first = '']) => first.length))
  return lines.map(([first = '', second = ''], index) => `  ${(index === 0 ? heading : '').padEnd(10)}${first.padEnd(width + 3)}${second}`)
}
