"""What touches the network for the core: the only room below the doors that opens a socket.

It brings files as they are and says where from; it reads none of them and judges nothing.
"""
