export type RepairRule =
  | 'mx-dial-prefix'
  | 'br-ninth-digit'
  | 'ar-9'
  | 'ci-2021'
  | 'bj-2024'
  | 'vn-2018'
  | 'cm-2014'
  | 'it-leading-zero'
  | 'bare-international'

type Repair = { rule: RepairRule; candidates: (national: string) => string[] }

/**
 * How each country's numbers are commonly written in a form that is no longer, or never was, the one to dial.
 * A candidate counts only when the number is invalid as written and exactly one candidate is valid,
 * so no rule can ever turn one person's valid number into another's.
 */
const repairs: Record<string, Repair> = {
  // Tokens once dialled before the ten digits, abolished in August 2019; WhatsApp and Twilio still send the 1.
  '52': { rule: 'mx-dial-prefix', candidates: (n) => take(/^(?:01|02|044|045|1)(\d{10})$/.exec(n), (rest) => [rest!]) },
  // Anatel's ninth digit: mobiles got a leading 9, WhatsApp keeps eight digits in most areas. Landlines begin 2–5.
  '55': {
    rule: 'br-ninth-digit',
    candidates: (n) => take(/^0?(\d\d)([6-9]\d{7})$/.exec(n), (area, rest) => [`${area}9${rest}`]),
  },
  // A mobile written without the 9 that international callers dial.
  '54': { rule: 'ar-9', candidates: (n) => take(/^(\d{10})$/.exec(n), (rest) => [`9${rest}`]) },
  // 31 January 2021, eight to ten digits: mobiles by operator (the second digit tells it).
  '225': { rule: 'ci-2021', candidates: ivoryCoast },
  // 30 November 2024: 01 before every number.
  '229': { rule: 'bj-2024', candidates: (n) => take(/^(\d{8})$/.exec(n), (rest) => [`01${rest}`]) },
  // 2018: eleven-digit mobiles became ten digits.
  '84': { rule: 'vn-2018', candidates: vietnam },
  // 2014: 6 before mobiles, 2 before landlines.
  '237': { rule: 'cm-2014', candidates: (n) => take(/^(\d{8})$/.exec(n), (rest) => [`6${rest}`, `2${rest}`]) },
  // The zero of a landline is part of the number. Mobiles begin with 3 and never had one.
  '39': { rule: 'it-leading-zero', candidates: (n) => take(/^([^03]\d+)$/.exec(n), (rest) => [`0${rest}`]) },
}

/**
 * Candidate national numbers for a number that is invalid as written; the caller keeps only valid ones.
 * @param national national number as parsed or as typed, digits only
 * Sources: comments of Google's numbering metadata, the regulators' change notices (ARTCI, ARCEP Benin, MIC Vietnam, ITU 1063).
 */
export function repairCandidates(callingCode: string, national: string): { rule: RepairRule; national: string }[] {
  const repair = repairs[callingCode]
  return repair ? repair.candidates(national).map((candidate) => ({ rule: repair.rule, national: candidate })) : []
}

function take(match: RegExpExecArray | null, build: (...groups: (string | undefined)[]) => string[]): string[] {
  return match ? build(...match.slice(1)) : []
}

function ivoryCoast(national: string): string[] {
  if (!/^\d{8}$/.test(national)) return []
  // Of the landline ranges only Orange's are listed one by one; for the others any number would pass, which proves nothing.
  if (/^[23]/.test(national)) return [`27${national}`]
  const second = Number(national[1])
  return [(second <= 3 ? '01' : second <= 6 ? '05' : '07') + national]
}

const vietnamPrefixes: Record<string, string> = {
  '120': '70',
  '121': '79',
  '122': '77',
  '126': '76',
  '128': '78',
  '123': '83',
  '124': '84',
  '125': '85',
  '127': '81',
  '129': '82',
  '162': '32',
  '163': '33',
  '164': '34',
  '165': '35',
  '166': '36',
  '167': '37',
  '168': '38',
  '169': '39',
  '186': '56',
  '188': '58',
  '199': '59',
}

function vietnam(national: string): string[] {
  const match = /^0?(1\d\d)(\d{7})$/.exec(national)
  const prefix = match && vietnamPrefixes[match[1]!]
  return match && prefix ? [prefix + match[2]!] : []
}
