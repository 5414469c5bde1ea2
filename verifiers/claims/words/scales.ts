/** Words that multiply the number which they follow, by what they multiply it with, in all languages. */
const BY_FACTOR: Readonly<Record<number, string>> = {
  1e3: 'thousand | thousands | mille | mil | tausend | tusen | duizend | tysiąc | tysiące | tysięcy | тысяча | тысячи | тысяч | тысячу | тисяч | bin | ribu | nghìn | ngàn | ألف | آلاف | هزار | हज़ार | हजार | हज़ार | হাজার | พัน | ezer | tisíc | mila',
  1e5: 'lakh | lakhs | lac | lacs | लाख',
  1e6: 'million | millions | millón | millones | millionen | milhão | milhões | milione | milioni | miljoen | miljon | miljoner | milion | miliony | milionów | миллион | миллиона | миллионов | мільйонів | milyon | juta | triệu | مليون | ملايين | میلیون | ล้าน | millió',
  1e7: 'crore | crores | करोड़ | करोड़',
  1e9: 'billion | billions | milliard | milliards | milliarde | milliarden | миллиард | миллиарда | миллиардов | milyar | miliar | miliard | مليار | میلیارد | tỷ | tỉ',
  1e12: 'trillion | trillions | триллион | триллионов',
};

/** The factor by the word, in lower case. */
export const SCALES: ReadonlyMap<string, number> = new Map(
  Object.entries(BY_FACTOR).flatMap(([factor, words]) =>
    words.split('|').map((word) => [word.trim(), Number(factor)] as const),
  ),
);
