"""Write down what happened as officers and clerks do, with noise."""
