import preact from '@preact/preset-vite'
import { defineConfig } from 'wxt'

/**
 * Public half of a throwaway key: it fixes the id of the unpacked extension (nbjmokbfamenpppflndoimkinagbgfbk), so that permissions, storage and the
 * companion's list of allowed origins survive another folder or machine. A store replaces it with its own.
 */
const key =
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAzyPoQxoADD0smnpO2+/RBPhkdWYrflHjMhr/Y4DaLsxzvC6dZjKi31pbexZto6XwN1IzNgNIUkSj5tCy47FU8JbMu+H/qbrozT+fVhAWUbedqRhljQ8JhqcwZaZf4fQmAhTRNQmYmCvspvwFTpr1Cm9tAPK7l8+i9nLtgUjxXt5Eg/3GRqd2Dj0exy+ewvCh4nEA6e40NGL0yvPHEVoDFZwtIHGDn8YGTzn875A55F/NOWUYiGrETJuYJa+1DUQecRkorbVa84SwJtDsatgifml8D8Cpv0Tjemgqqg1xlgptSUB1SdroWQln80ZJYK4ugrA6j330ojWFdz3d71a6wQIDAQAB'

const everySite = ['http://*/*', 'https://*/*']

/**
 * Chrome: manifest 3. Firefox: manifest 2, because only there the background page stays alive in a call (docs/decisions/0001-firefox-manifest.md).
 * No host permission is asked for at installation: the agent allows one site at a time (OV1).
 */
export default defineConfig({
  imports: false,
  modules: ['@wxt-dev/webextension-polyfill'],
  targetBrowsers: ['chrome', 'firefox'],
  vite: () => ({ plugins: [preact({ devToolsEnabled: false, reactAliasesEnabled: false, prefreshEnabled: false })] }),
  manifest: ({ browser }) => ({
    name: '__MSG_extension_name__',
    description: '__MSG_extension_description__',
    default_locale: 'en',
    ...(browser === 'chrome' && { key, minimum_chrome_version: '120' }),
    // activeTab: the popup offers the site that it was opened over; without it that would take `tabs`.
    permissions: ['storage', 'notifications', 'alarms', 'scripting', 'activeTab', ...(browser === 'chrome' ? ['offscreen'] : [])],
    // Manifest 2 has no key of its own for optional sites.
    ...(browser === 'firefox' ? { optional_permissions: everySite } : { optional_host_permissions: everySite }),
    content_security_policy: { extension_pages: "script-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'" },
    web_accessible_resources: [{ resources: ['pilot.html'], matches: everySite, use_dynamic_url: true }],
    action: { default_title: '__MSG_extension_name__' },
    ...(browser === 'firefox' && {
      browser_specific_settings: {
        gecko: {
          id: 'ringside@ringside.example',
          strict_min_version: '140.0',
          data_collection_permissions: { required: ['personallyIdentifyingInfo', 'personalCommunications'] },
        },
      },
    }),
  }),
})
