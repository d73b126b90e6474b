// QR codes (at a table bar codes too) out of pictures: the browser's own reader where it has one, else ZXing in WebAssembly, fetched from our own server when first needed.
import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url'

export type Decode = (picture: HTMLVideoElement | ImageBitmap) => Promise<string | null>

interface Detector { detect(picture: ImageBitmapSource): Promise<{ rawValue: string }[]> }
interface DetectorClass { new (options: { formats: string[] }): Detector; getSupportedFormats(): Promise<string[]> }

/** As the browser names them, beside ZXing's names. */
const NAMES = { qr_code: 'QRCode', code_128: 'Code128', code_39: 'Code39', ean_13: 'EAN13', data_matrix: 'DataMatrix' } as const

export type Format = keyof typeof NAMES

const ONLY_QR: readonly Format[] = ['qr_code']
const chosen = new Map<string, Promise<Decode>>()

export function decoder(formats: readonly Format[] = ONLY_QR): Promise<Decode> {
  const key = formats.join()
  let made = chosen.get(key)
  if (!made) {
    made = choose(formats).catch((failure: unknown) => {
      chosen.delete(key)
      throw failure
    })
    chosen.set(key, made)
  }
  return made
}

async function choose(formats: readonly Format[]): Promise<Decode> {
  const own = (globalThis as unknown as { BarcodeDetector?: DetectorClass }).BarcodeDetector
  const able = own ? await own.getSupportedFormats() : []
  if (own && formats.every((format) => able.includes(format))) {
    const detector = new own({ formats: [...formats] })
    return async (picture) => (await detector.detect(picture))[0]?.rawValue ?? null
  }
  const { prepareZXingModule, readBarcodes } = await import('zxing-wasm/reader')
  await prepareZXingModule({ overrides: { locateFile: () => wasmUrl }, fireImmediately: true })
  const canvas = document.createElement('canvas')
  const pen = canvas.getContext('2d', { willReadFrequently: true })
  return async (picture) => {
    const [width, height] = picture instanceof HTMLVideoElement ? [picture.videoWidth, picture.videoHeight] : [picture.width, picture.height]
    if (!pen || width === 0) return null
    // A frame of a moving picture is looked at quickly; a chosen picture thoroughly.
    const still = picture instanceof ImageBitmap
    const scale = Math.min(1, (still ? 1600 : 960) / Math.max(width, height))
    canvas.width = Math.round(width * scale)
    canvas.height = Math.round(height * scale)
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height)
    const found = await readBarcodes(pen.getImageData(0, 0, canvas.width, canvas.height), { formats: formats.map((format) => NAMES[format]), tryHarder: still, tryRotate: still, tryInvert: still, maxNumberOfSymbols: 1 })
    return found.find((code) => code.isValid)?.text ?? null
  }
}
