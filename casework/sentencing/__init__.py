"""What follows a charge for the accused: custody and bail, sentences and their sum, orders."""
