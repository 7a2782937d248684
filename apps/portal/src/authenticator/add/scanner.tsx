/** Looks through the camera for a QR code: by the browser's own detector where it has one, else by a decoder that is loaded now. */
import { Text } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { t } from '../../lib/words.ts'
import styles from '../app.module.css'

export interface ScannerProps {
  readonly onFound: (text: string) => void
  readonly onFailed: () => void
}

type Decode = (video: HTMLVideoElement) => Promise<string | undefined>

declare const BarcodeDetector:
  | { new (options: { formats: string[] }): { detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]> } }
  | undefined

const everyMs = 200

export function Scanner({ onFound, onFailed }: ScannerProps) {
  const video = useRef<HTMLVideoElement>(null)
  useEffect(() => {
    const end = new AbortController()
    const { current } = video
    if (current !== null)
      void look(current, end.signal).then((found) => found !== undefined && onFound(found), onFailed)
    return () => end.abort()
    // What the parent does with it may change while the camera stays on.
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the camera is opened once
  }, [])
  return (
    <>
      <video ref={video} className={styles.video} playsInline muted aria-label={t('add.camera')} />
      <Text c="dimmed" fz="sm" ta="center" mt="xs">
        {t('add.hold')}
      </Text>
    </>
  )
}

/** The text of the first code that is seen; undefined once it is told to end. */
async function look(video: HTMLVideoElement, signal: AbortSignal): Promise<string | undefined> {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } })
  try {
    video.srcObject = stream
    await video.play()
    const decode = await decoder()
    while (!signal.aborted) {
      const found = await decode(video)
      if (found !== undefined && found !== '') return found
      await new Promise((resolve) => setTimeout(resolve, everyMs))
    }
    return undefined
  } finally {
    for (const track of stream.getTracks()) track.stop()
  }
}

async function decoder(): Promise<Decode> {
  if (typeof BarcodeDetector !== 'undefined') {
    const detector = new BarcodeDetector({ formats: ['qr_code'] })
    return async (video) => (await detector.detect(video))[0]?.rawValue
  }
  const { default: jsQR } = await import('jsqr')
  const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
  return (video) => {
    const { videoWidth: width, videoHeight: height } = video
    if (context === null || width === 0) return Promise.resolve(undefined)
    context.canvas.width = width
    context.canvas.height = height
    context.drawImage(video, 0, 0)
    return Promise.resolve(jsQR(context.getImageData(0, 0, width, height).data, width, height)?.data)
  }
}
