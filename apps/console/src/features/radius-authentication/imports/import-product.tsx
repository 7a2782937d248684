/** The dialog that takes the configuration of another product in; what is understood of it is shown on its own page. */
import { Select, Text } from '@mantine/core'
import { importProduct, type ImportProduct } from '@sallyport/contract'
import { FormDialog, Notice } from '@sallyport/ui'
import { useNavigate } from '@tanstack/react-router'
import { useState, type SubmitEvent } from 'react'
import { FileChoice } from '../../../lib/file-choice.tsx'
import { problemText } from '../../../lib/problem-text.ts'
import { t } from '../../../lib/words.ts'
import { useReadProduct } from './import-data.ts'
import './page-words.ts'

const maximumBytes = 4 * 1024 * 1024

export function ImportProductDialog({ onClose }: { readonly onClose: () => void }) {
  const navigate = useNavigate()
  const [product, setProduct] = useState<ImportProduct>('duo')
  const [file, setFile] = useState<File | null>(null)
  const [problem, setProblem] = useState<string>()
  const read = useReadProduct()
  const choose = (chosen: File | null) => {
    setFile(chosen)
    setProblem(chosen !== null && chosen.size > maximumBytes ? t('product-imports.tooLarge') : undefined)
  }
  const submit = async () => {
    if (file === null) return
    try {
      const { id } = await read.mutateAsync({ product, file })
      await navigate({ to: '/radius-authentication/imports/$id', params: { id } })
    } catch (error) {
      setProblem(problemText(error))
    }
  }
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={t('product-imports.title')}
      submitLabel={t('product-imports.read')}
      onSubmit={(event: SubmitEvent<HTMLFormElement>) => {
        event.preventDefault()
        void submit()
      }}
      pending={read.isPending}
      submitDisabled={file === null || file.size > maximumBytes}
      dirty={false}
    >
      <Text size="sm">{t('product-imports.text')}</Text>
      <Select
        label={t('product-imports.product')}
        description={t(`product-imports.hint.${product}`)}
        allowDeselect={false}
        data={importProduct.options.map((value) => ({ value, label: t(`product-imports.products.${value}`) }))}
        value={product}
        onChange={(chosen) => {
          setProduct(importProduct.options.find((known) => known === chosen) ?? 'duo')
          setProblem(undefined)
        }}
      />
      <FileChoice
        accept=".cfg,.conf,.xml,.txt,text/plain,text/xml,application/xml"
        file={file}
        onChange={choose}
        label={t('product-imports.choose')}
        none={t('product-imports.none')}
      />
      <div aria-live="polite">{problem !== undefined && <Notice state="bad" role="alert" title={problem} />}</div>
    </FormDialog>
  )
}
