/** A QR code as an image that screen readers name; dark on white in either scheme, for cameras expect it so. */
import { create } from 'qrcode'

export interface QrCodeProps {
  readonly text: string
  /** What the code is for; never the text itself, which holds a secret. */
  readonly label: string
  /** Edge in CSS pixels. */
  readonly size?: number
}

/** Modules of white around the code (ISO/IEC 18004: four). */
const quietZone = 4

export function QrCode({ text, label, size = 220 }: QrCodeProps) {
  const { modules } = create(text, { errorCorrectionLevel: 'M' })
  const edge = modules.size + 2 * quietZone
  const path = Array.from(modules.data, (dark, index) =>
    dark === 0 ? '' : `M${(index % modules.size) + quietZone} ${Math.floor(index / modules.size) + quietZone}h1v1h-1z`,
  ).join('')
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${edge} ${edge}`}
      width={size}
      height={size}
      shapeRendering="crispEdges"
      style={{ background: '#fff', borderRadius: 4, flex: 'none' }}
    >
      <path d={path} fill="#000" />
    </svg>
  )
}
