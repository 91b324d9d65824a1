/** What the tests use of Google's own library, which ships no types. */
declare module 'google-libphonenumber' {
  type ParsedNumber = { getCountryCode(): number | undefined }
  type Util = {
    getSupportedRegions(): string[]
    getSupportedGlobalNetworkCallingCodes(): number[]
    getExampleNumberForType(region: string, kind: number): ParsedNumber | null
    getExampleNumberForNonGeoEntity(callingCode: number): ParsedNumber | null
    parse(text: string, region: string): ParsedNumber
    format(number: ParsedNumber, format: number): string
  }
  const library: {
    PhoneNumberUtil: { getInstance(): Util }
    PhoneNumberFormat: { E164: number; NATIONAL: number }
    PhoneNumberType: Record<string, number>
  }
  export default library
}
