/** The configuration of another product that somebody looks at, as the store keeps it. */
import type { ImportProduct } from '@sallyport/contract'
import type { Actor } from './change.ts'

export interface ProductImportRecord {
  readonly id: string
  readonly at: Date
  readonly administrator: string
  readonly product: ImportProduct
  readonly fileName: string
}

export interface ProductImportRepository {
  /** Keeps a file, sealed. */
  keep(
    input: {
      readonly id: string
      readonly product: ImportProduct
      readonly fileName: string
      readonly file: Uint8Array
    },
    actor: Actor,
  ): Promise<ProductImportRecord>
  /** What is kept since `since`, opened; null: there is nothing, or it is older. */
  open(id: string, since: Date): Promise<{ readonly record: ProductImportRecord; readonly file: Uint8Array } | null>
  /** Forgets a file; false: there is none. */
  forget(id: string): Promise<boolean>
  /** Forgets a file of which something was taken, and says so in the audit trail; false: there is none. */
  taken(id: string, added: number, actor: Actor): Promise<boolean>
  /** Forgets what is older. */
  forgetBefore(at: Date): Promise<void>
  count(): Promise<number>
}
