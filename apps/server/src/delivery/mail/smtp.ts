/** Mail by SMTP: TLS from the start, by STARTTLS or, to a server beside us, none. */
import { createReadStream } from 'node:fs'
import { createTransport } from 'nodemailer'
import { refused, unknown, type Attempt, type Gateway, type GatewaySettings } from '../core/gateway.ts'
import type { MailJob } from '../../bus/delivery-jobs.ts'

interface SmtpError {
  readonly code?: string
  readonly command?: string
  readonly responseCode?: number
  readonly response?: string
}

export function createSmtpGateway({ configuration, secret }: GatewaySettings<'smtp'>): Gateway<MailJob> {
  const { host, port, security, caPem, username, from, fromName } = configuration
  return {
    async send(job, { windowMs }) {
      const transport = createTransport({
        ...{ host, port, secure: security === 'tls' },
        requireTLS: security === 'starttls',
        ignoreTLS: security === 'none',
        ...(username === '' ? {} : { auth: { user: username, pass: secret ?? '' } }),
        tls: { rejectUnauthorized: true, ...(caPem ? { ca: caPem } : {}) },
        ...{ connectionTimeout: windowMs, greetingTimeout: windowMs, socketTimeout: windowMs, dnsTimeout: windowMs },
        // Nothing in a mail makes this machine read files or addresses.
        ...{ disableFileAccess: true, disableUrlAccess: true },
      })
      try {
        const { messageId, response } = await transport.sendMail({
          from: { name: fromName, address: from },
          to: { name: '', address: job.to },
          subject: job.subject.replace(/[\p{Cc}]+/gu, ' '),
          text: job.text,
          ...(job.html === undefined ? {} : { html: job.html }),
          ...(job.attachment === undefined ? {} : { attachments: [attached(job.attachment)] }),
          // RFC 3834 §5: nobody's out-of-office answers.
          headers: { 'Auto-Submitted': 'auto-generated' },
        })
        return { kind: 'taken', references: [messageId], said: response }
      } catch (error) {
        return attemptFrom(error as SmtpError & Error)
      } finally {
        transport.close()
      }
    },
    close: () => undefined,
  }
}

/** As a stream: the mail is never in memory as a whole. */
function attached({ filename, contentType, path }: NonNullable<MailJob['attachment']>) {
  return { filename, contentType, content: createReadStream(path), contentDisposition: 'attachment' as const }
}

function attemptFrom({ code, command, responseCode, response, message }: SmtpError & Error): Attempt {
  const said = response?.slice(0, 500) ?? message.slice(0, 500)
  if (responseCode !== undefined) {
    // RFC 5321 §4.2.1: 5yz is for good. Of the receiver it says nothing about the server.
    const permanent = responseCode >= 500 && command === 'RCPT TO'
    const at = command === undefined ? '' : ` to ${command.split(' ')[0] ?? ''}`
    return refused(`It answered ${responseCode}${at}.`, { permanent, suspect: command !== 'RCPT TO', said })
  }
  // The library does not say how far it had come.
  if (command === 'DATA' || code === 'ETIMEDOUT') return unknown('It did not say in time whether it took the mail.')
  return refused(`It could not be used: ${message.slice(0, 200)}.`, { said })
}
