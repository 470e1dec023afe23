"""Full Jacobians on demand: of every forward step, their products along the chain, the long way beside the short."""

from explorer.tape.jacobians.chain import JacobianChain, jacobian_chain
from explorer.tape.jacobians.jacobian import Jacobian, jacobian
from explorer.tape.jacobians.longway import LongWay, long_way

__all__ = ["Jacobian", "JacobianChain", "LongWay", "jacobian", "jacobian_chain", "long_way"]
