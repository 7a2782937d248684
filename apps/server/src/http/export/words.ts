/** The words of exported files: English; another language is another file of this shape. */

export const exportWords = {
  signIns: {
    id: 'Id',
    at: 'Time (UTC)',
    username: 'User name as sent',
    user: 'User',
    client: 'RADIUS client',
    clientAddress: 'Client address',
    callingStation: 'Calling station',
    method: 'Method',
    factor: 'Second factor',
    result: 'Result',
    reason: 'Reason',
    durationMs: 'Duration (ms)',
    count: 'Count',
    test: 'Test',
  },
}
