// QR codes out of pictures: the browser's own reader where it has one, else ZXing in WebAssembly, fetched from our own server when first needed.
import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url'

export type Decode = (picture: HTMLVideoElement | ImageBitmap) => Promise<string | null>

interface Detector { detect(picture: ImageBitmapSource): Promise<{ rawValue: string }[]> }
interface DetectorClass { new (options: { formats: string[] }): Detector; getSupportedFormats(): Promise<string[]> }

let chosen: Promise<Decode> | undefined

export function decoder(): Promise<Decode> {
  chosen ??= choose().catch((failure: unknown) => {
    chosen = undefined
    throw failure
  })
  return chosen
}

async function choose(): Promise<Decode> {
  const own = (globalThis as unknown as { BarcodeDetector?: DetectorClass }).BarcodeDetector
  if (own && (await own.getSupportedFormats()).includes('qr_code')) {
    const detector = new own({ formats: ['qr_code'] })
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
    const found = await readBarcodes(pen.getImageData(0, 0, canvas.width, canvas.height), { formats: ['QRCode'], tryHarder: still, tryRotate: still, tryInvert: still, maxNumberOfSymbols: 1 })
    return found.find((code) => code.isValid)?.text ?? null
  }
}
