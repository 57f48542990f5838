"""Hypothesis strategies: text as patients, translators and attackers write it."""

from hypothesis import strategies as st

LETTERS = (
    "ab1 ,.!?():;-/\"“”«»'  \u200b\u00a0€%中文国。、「」かャハ한نصد،؟א۱١कि्ष।\u0301\u064b\u200d"
)
ODD = "🙂🇬🇧\u2060\u00ad—…$+ก\n\u200e\u200f\u061c\u2066\u2067\u2068\u2069"
HOSTILE = "\x00\x1b\r\t\u202a\u202b\u202c\u202d\u202e\u2028\ufeff\ud800\uffff\U000e0041"

spoken = st.text(alphabet=LETTERS + ODD, max_size=60)
hostile = st.text(alphabet=LETTERS + ODD + HOSTILE, max_size=60) | st.text(max_size=40)
