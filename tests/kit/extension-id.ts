/** The unpacked extension's id, the same in every build: it follows from the manifest's `key`. */
export const extensionId = 'nbjmokbfamenpppflndoimkinagbgfbk'
