"""What ties parties and cases: the network, dealings, matches between cases."""
