"""Fixed factors, research, nostalgic jobs, skills, compute (section 4)."""
