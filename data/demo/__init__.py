"""The fictional Ville de Valombre: ten years of plausible data, rebuilt byte for byte by ``python -m data.demo.generate``."""
