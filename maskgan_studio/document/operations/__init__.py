"""What can be done to a mask; each operation makes a patch and changes nothing itself."""
