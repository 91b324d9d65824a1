import type { DoubleAnswer } from './double-server.ts'

/** HTTP status and words of the errors a test may provoke. Source: twilio.com/docs/api/errors/<code> */
const errors = {
  20001: { status: 400, message: 'Unknown parameters' },
  20003: { status: 401, message: 'Authenticate' },
  20404: { status: 404, message: 'The requested resource was not found' },
  20429: { status: 429, message: 'Too Many Requests' },
  20500: { status: 500, message: 'Internal Server Error' },
  21211: { status: 400, message: "Invalid 'To' Phone Number" },
  21266: { status: 400, message: "'To' and 'From' number cannot be the same" },
  21408: {
    status: 403,
    message: 'Permission to send an SMS has not been enabled for the region indicated by the To number',
  },
  21602: { status: 400, message: 'Message body is required.' },
  21603: { status: 400, message: "A 'From' phone number is required." },
  21604: { status: 400, message: "A 'To' phone number is required." },
  21606: { status: 400, message: 'The From phone number is not a valid, SMS-capable inbound phone number.' },
  21608: {
    status: 400,
    message: 'The number is unverified. Trial accounts cannot send messages to unverified numbers.',
  },
  21609: { status: 400, message: 'The StatusCallback URL is not a valid URL.' },
  21610: { status: 400, message: 'Attempt to send to unsubscribed recipient' },
  21611: { status: 429, message: "This 'From' number has exceeded the maximum number of queued messages" },
  21614: { status: 400, message: "'To' number is not a valid mobile number" },
  21617: { status: 400, message: 'The concatenated message body exceeds the 1600 character limit.' },
  21620: { status: 400, message: 'Invalid media URL(s)' },
  21623: { status: 400, message: 'Number of media files exceeds allowed limit' },
  21655: { status: 400, message: 'The ContentSid is Invalid' },
  21656: { status: 400, message: 'The Content Variables parameter is invalid' },
  21910: { status: 400, message: 'Twilio could not find a Channel with the specified From address' },
  21705: { status: 400, message: 'The Messaging Service Sid is invalid.' },
} as const
export type TwilioErrorCode = keyof typeof errors

/** An error as the API answers it. Source: twilio.com/docs/usage/twilios-response#response-formats-exceptions */
export function twilioError(code: TwilioErrorCode, details?: string): DoubleAnswer {
  const { status, message } = errors[code]
  return {
    status,
    body: { code, message: details ?? message, more_info: `https://www.twilio.com/docs/errors/${code}`, status },
  }
}
