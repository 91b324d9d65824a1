import {
  Calendar,
  CircleDot,
  Clock,
  Hash,
  Languages,
  Link,
  ListChecks,
  Mail,
  MapPin,
  Milestone,
  Phone,
  SquareCheck,
  Type,
  UserRound,
} from 'lucide-react'
import type { FieldType, PlacedField } from '#contract/fields.ts'
import type { LucideIcon } from '../ui/icon.tsx'

export const typeIcons: Record<FieldType, LucideIcon> = {
  text: Type,
  list: ListChecks,
  checkbox: SquareCheck,
  email: Mail,
  number: Hash,
  url: Link,
  date: Calendar,
  time: Clock,
}

const recordIcons: Partial<Record<string, LucideIcon>> = {
  email: Mail,
  phone: Phone,
  country: MapPin,
  language: Languages,
  lifecycle: Milestone,
  status: CircleDot,
}

/** The mark before a field of the record. */
export const iconOf = ({ key, custom }: PlacedField): LucideIcon =>
  custom === null ? (recordIcons[key] ?? UserRound) : typeIcons[custom.type]
