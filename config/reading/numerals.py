"""Numbers as Chinese offices write them: 17, 十七, 二〇二三, 廿五."""

_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {
    "零": 0,
    "○": 0,
    "两": 2,
    "O": 0,
    "元": 1,
}
_TENS = {"十": 10, "廿": 20, "卅": 30}


def number(words: str) -> int:
    """Return the number that ``words`` write in Arabic or Chinese digits; -1 where they write none."""
    if words.isascii() and words.isdigit():
        return int(words)
    if all(char in _DIGITS for char in words):
        return int("".join(str(_DIGITS[char]) for char in words)) if words else -1
    total, digit = 0, 0
    for char in words:
        if char in _TENS:
            total, digit = total + _TENS[char] * (digit or 1), 0
        elif char in _DIGITS:
            digit = _DIGITS[char]
        else:
            return -1
    return total + digit
