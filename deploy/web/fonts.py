"""Small fonts of Debian's, and the style sheet that says which letters each holds.

Most people read English and write code: their letters come in one small file per typeface. What else a name or a
comment may hold comes in others, which a browser fetches when it meets the first such letter. Other scripts come
from the reader's system.
"""

import subprocess
from pathlib import Path

from web.places import TOOLS

INTER = "/usr/share/fonts/truetype/inter-vf/Inter-roman.var.ttf"
JETBRAINS_MONO = "/usr/share/fonts/truetype/jetbrains-mono/JetBrainsMono-Regular.ttf"

LATIN = "U+0000-00FF,U+0131,U+0152-0153,U+02C6,U+02DA,U+02DC,U+2000-206F,U+20AC,U+2122,U+2190-2193"
MORE_LATIN = (
    "U+0100-0130,U+0132-0151,U+0154-024F,U+02C7-02D9,U+02DB,U+02DD,U+0300-036F,U+1E00-1EFF,"
    "U+20A0-20AB,U+20AD-20BF"
)
GREEK_AND_CYRILLIC = "U+0370-052F,U+1F00-1FFF"
# Code and its comments: Greek, Cyrillic, arrows, mathematics, boxes.
SIGNS = "U+0370-04FF,U+2100-2121,U+2123-218F,U+2194-22FF,U+2500-259F,U+FFFD"
# The page has no lighter and no bolder type.
WEIGHTS = (400, 700)
INTER_FEATURES = "--layout-features+=cv11,ss03,tnum"
# Ligatures are off: what stands in the editor is what was typed.
CODE_FEATURES = "--layout-features=ccmp,kern,mark,mkmk"

# family, weights, file, characters, what it is made of, options
FACES = [
    ("Inter", "400 700", "inter", LATIN, "inter.ttf", [INTER_FEATURES]),
    ("Inter", "400 700", "inter-more", MORE_LATIN, "inter.ttf", [INTER_FEATURES]),
    ("Inter", "400 700", "inter-greek-cyrillic", GREEK_AND_CYRILLIC, "inter.ttf", [INTER_FEATURES]),
    ("JetBrains Mono", "400", "jetbrains-mono", LATIN, JETBRAINS_MONO, ["--no-hinting", CODE_FEATURES]),
    ("JetBrains Mono", "400", "jetbrains-mono-more", f"{MORE_LATIN},{SIGNS}", JETBRAINS_MONO, ["--no-hinting", CODE_FEATURES]),
]  # fmt: skip


def make_fonts(target: Path):
    """Fonts, and `fonts.css` that names them."""
    target.mkdir()
    lighter, bolder = WEIGHTS
    fonttools("varLib.instancer", INTER, f"wght={lighter}:{bolder}", "--quiet", f"--output={target}/inter.ttf")
    for _, _, name, characters, source, options in FACES:
        flags = ["--flavor=woff2", f"--unicodes={characters}", f"--output-file={target}/{name}.woff2"]
        fonttools("subset", target / source, *flags, *options)
    (target / "fonts.css").write_text("\n".join(face(*row[:4]) for row in FACES))


def face(family, weights, name, characters):
    return f"""@font-face {{
  font-family: "{family}";
  src: url("{name}.woff2") format("woff2");
  font-weight: {weights};
  font-display: swap;
  unicode-range: {characters};
}}
"""


def make_smaller(source: Path, target: Path):
    """The same font with all it has, in the format that browsers take."""
    fonttools("ttLib.woff2", "compress", "-o", target, source)


def fonttools(module, *arguments):
    subprocess.run([TOOLS / "bin/python", "-m", f"fontTools.{module}", *arguments], check=True)
