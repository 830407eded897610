"""Words that join others and say nothing alone, in English, French and Swahili.

Pure. They are left out only where a part of what was typed is enough.
"""

_ENGLISH = """
a about above after again against all also am an and any are as at be because been before being
below between both but by can cannot could did do does doing done down during each either else for
from further get gets given gives had has have having he her here hers herself him himself his how
however i if in into is it its itself just may me might more most much must my myself neither no
nor not of off on once one only or other others our ours out over own same shall she should since
so some such than that the their theirs them themselves then there these they this those through to
too under until up upon us very was we were what when where whether which while who whom whose why
will with within without would yes yet you your yours
"""
_FRENCH = """
a afin ai ainsi apres au aucun aucune aussi autre autres aux avait avant avec avez avoir avons ayant
car ce ceci cela celle celles celui ces cet cette ceux chaque chez comme comment d dans de depuis
des donc dont du elle elles en encore entre es est et etaient etait etant ete etre eux fait faut il
ils j je jusque l la laquelle le lequel les lesquels leur leurs lors lorsque lui m ma mais me meme
memes mes moi moins mon n ne ni nos notre nous on ont ou par parce pas pendant peu peut plus pour
pourquoi puis qu quand que quel quelle quelles quels qui quoi s sa sans se sera ses si soit son sont
sous sur t ta te tes toi ton tous tout toute toutes tres tu un une vers vos votre vous y
"""
_SWAHILI = """
ambao ambapo ambaye ambayo ambazo au bado baada bila cha chake chao gani hadi hao hapa hapo hata
hawa haya hayo hii hili hivi hivyo hiyo hizi hizo huko huku humo huo huu huyo huyu ikiwa ile ili
ingawa ipi je kabla kama kati katika kila kisha kuhusu kule kuna kutoka kuwa kwa kwake kwamba kwao
kwenye la lake lakini lao lile lini mimi mwa na nani ndani ni nini pa pale pamoja pia sana sasa si
sisi tu ule vya vile wa wake wako wala wale wangu wao wapi wetu wewe ya yake yako yale yangu yao
yake yeye yule za zake zao zile
"""
ALL = frozenset((_ENGLISH + _FRENCH + _SWAHILI).split())
