"""Names that real rosters have and that break what was tried on "Alice" and "Bob" alone."""

import numpy as np

# In every cohort that is large enough: a formula, quotes, a comma with an apostrophe, letters beyond Latin.
AWKWARD = ("=SUM(A1,A9)", "Robert “Bob” Tables", "O'Brien, Siobhán", "刘思远")
OTHERS = (
    "Adaeze Okonkwo",
    "Anna-Lena Groß",
    "Björk Sigurðardóttir",
    "Chen Xiaoming",
    "D'Angelo Russo",
    "Đặng Thị Mai",
    "Émilie Lefèvre",
    "García Márquez, Sofía",
    "Hans-Jürgen Müller",
    "Ivana Šimić",
    "João da Silva",
    "José Ángel Peña",
    "Kateřina Nováková",
    "Kim Min-jun",
    "Łukasz Wójcik",
    "Māra Ozoliņa",
    "Nguyễn Văn An",
    "Oğuz Yıldız",
    "Priya Raghunathan",
    "Søren Kjærgaard",
    "Tanaka Yuki",
    "Thandiwe Nkosi",
    "Zoë van 't Hoff",
    "Ξένια Παπαδοπούλου",
    "Иван Петров",
    "Ольга Сергеевна Кузнецова",
    "עומר כהן",
    "فاطمة الزهراء",
    "प्रिया शर्मा",
    "山田 太郎",
    "王伟",
    "李娜",
    "张 小雨",
    "欧阳 娜娜",
    "陈晓 (交换生)",
    "김민준",
)


def draw_names(count: int, rng: np.random.Generator) -> list[str]:
    """Return `count` names, all different: the awkward ones first of all, then others, in an order of their own."""
    others = [OTHERS[place] for place in rng.permutation(len(OTHERS))]
    once = [*AWKWARD, *others]
    names = [once[number % len(once)] + _namesake(number // len(once)) for number in range(count)]
    return [names[place] for place in rng.permutation(count)]


def _namesake(number: int) -> str:
    return f" {number + 1}" if number else ""
