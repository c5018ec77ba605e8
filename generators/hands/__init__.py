"""What people do to study aids: acts, versions, ratings, and what stays when the rest is made anew."""
