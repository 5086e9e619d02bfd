/**
 * The one place that imports the browser's extension API. Chrome has `browser` natively since 148, and there the polyfill steps aside;
 * it matters for older Chrome and Edge. Never import this from the overlay's door: 10 kB that a CRM page need not carry.
 */
export { default as browser } from 'webextension-polyfill'
