/** Saves what a report shows as a file: for a spreadsheet, or for a program. */
import { Button, Menu } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { t } from '../words.ts'
import './page-words.ts'

export interface ExportMenuProps {
  /** Addresses of the files. */
  readonly csv: string
  readonly json: string
}

export function ExportMenu({ csv, json }: ExportMenuProps) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={16} aria-hidden />}>
          {t('reports.export.button')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component="a" href={csv} download>
          {t('reports.export.csv')}
        </Menu.Item>
        <Menu.Item component="a" href={json} download>
          {t('reports.export.lines')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
