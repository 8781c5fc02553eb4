"""Every threshold and weight of the evidence, each with its reason.

Ratios are per cent (0 to 100) of rapidfuzz's normalised indel likeness; shares are between 0 and 1.
`bench/evidence.py` shows what they do to made pages of real records.
"""

from __future__ import annotations

from typing import Final

TITLE_ALIKE: Final = 85.0
"""From here on two titles are one: typing errors and lost accents stay above, other papers below."""

TITLE_CONTAINED: Final = 25
"""A title found whole inside a longer text counts from this many letters: shorter ones are phrases too."""

TITLE_IDENTIFIES: Final = 16
"""A title of fewer letters ("Editorial", "Introduction") heads many papers and sections: it only supports."""

TITLE_CUT: Final = 40
"""A title that the page cuts short counts from this many letters: papers share their first few words."""

TITLE_CUT_SHARE: Final = 0.5
"""... or from this share of the registry's title, where that is short."""

TITLE_INSIDE_ALIKE: Final = 90.0
"""Likeness of a title to the best stretch of a longer text: stricter, since that one is searched for."""

TITLE_OTHER: Final = 60.0
"""Below this two titles are of two papers; a cut or reworded title of one paper mostly stays above."""

TITLE_PART_ALIKE: Final = 75.0
"""... unless one is found, more or less, within the other: cut short, or with its subtitle."""

HEADING_WORDS: Final = 5
"""A heading of fewer words ("Full text", "Selenium and bones") does not claim to be a title."""

AUTHORS_FOUND: Final = 0.5
"""Of the names that both sides could share, this many or more found: the authors agree."""

AUTHORS_MISSED: Final = 0.2
"""... this many or fewer: they do not. Common family names alone reach it by chance in long lists."""

JOURNAL_ALIKE: Final = 85.0
"""Journal names alike by letters; the abbreviated ones are compared word by word before."""

JOURNAL_OTHER: Final = 70.0
"""Below this it is another journal; "J Nutr" and "Br J Nutr" are between, and say nothing."""

YEAR_NEAR: Final = 1
"""Years this far apart are print, online and typing errors: no evidence either way."""

AUTHORS_NAMESAKES: Final = 0.5
"""... or, where as few have the right initial, this many or fewer share a family name: Wang L, Wang Y."""

WEIGHT_TITLE: Final = 9.0
"""More than everything else together: an agreeing title outranks all that disagrees."""

WEIGHT_SHORT_TITLE: Final = 1.0
"""A short or serial title that agrees: it supports, as a journal does."""

WEIGHT_AUTHORS: Final = 2.0
WEIGHT_ONE_AUTHOR: Final = 1.0
"""One shared name is no more than a journal: it must not outweigh a title and a journal that disagree."""

WEIGHT_PAGE: Final = 2.0
"""Volume with first page: 1 in 1,008 records shares them with another; but they are typed by hand."""

WEIGHT_PAGE_ALONE: Final = 1.0
"""A first page without a volume to hold it against."""

WEIGHT_JOURNAL: Final = 1.0
WEIGHT_VOLUME: Final = 0.5
WEIGHT_YEAR: Final = 0.5

AGAINST_AUTHORS: Final = -2.0
AGAINST_NAMESAKES: Final = -1.0
AGAINST_TITLE: Final = -2.0
"""A title line of another paper. Translated titles are the good citations that look so."""

AGAINST_HEADING: Final = -1.0
"""A heading unlike the title: mostly a paraphrase."""

AGAINST_JOURNAL: Final = -1.0
AGAINST_PAGE: Final = -1.5
AGAINST_VOLUME: Final = -0.5
AGAINST_YEAR: Final = -0.5

ATTESTED: Final = 3.0
"""What must be left over where no title agrees: names and a journal, or volume, page and journal.

One name, journal and year are less: people publish twice a year in one journal.
"""

WORD_TYPO: Final = 5
"""A word of so many letters may hold one typing error; in shorter ones a letter is a meaning: men, rat, D2."""

TITLE_SWAPS: Final = 3
"""So many letters of a title may have changed places with the next one, across a space as well."""

WEIGHT_YEAR_NEAR: Final = 0.25
"""A year next to the page's contradicts nothing, but counts for nothing: serials repeat their titles yearly."""

MATCH_AGREE: Final = 2
"""Of first author, year, journal, volume and first page, so many must agree where titles alone name the paper."""

MATCH_AGREE_UNTITLED: Final = 3
"""... and so many, under another title, make a record worth a person's look: headings paraphrase and translate."""

MATCH_LEAD: Final = 2
"""So many more must agree with the best record than with the next one that would do: preprints, second deposits."""

MATCH_AKIN: Final = 2
"""From so many on, a record of a similar title is worth a person's look."""
