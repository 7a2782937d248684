/** Reading the configuration of another product and taking it over, as the console asks for it. */
import type { ImportProduct, ProductImportRow } from '@sallyport/contract'
import type { Actor } from '@sallyport/store'

export interface ProductImportControl {
  /** What is understood of a file, against what is here now; a text: why it cannot be read, with nothing of what is in it. */
  read(product: ImportProduct, file: Uint8Array): Promise<readonly ProductImportRow[] | string>
  /** Adds what these rows say, all or nothing: how many there are, or what stands in the way of which. */
  take(
    product: ImportProduct,
    file: Uint8Array,
    numbers: readonly number[],
    actor: Actor,
  ): Promise<number | readonly { readonly path: string; readonly message: string }[]>
}
